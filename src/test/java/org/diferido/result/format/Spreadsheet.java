package org.diferido.result.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What is in a spreadsheet (ECMA-376), as far as these are written here: sheets of cells that are
 * texts, numbers, truths or empty. A formula is none of these.
 */
public final class Spreadsheet {

  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-F]{4})_");

  private final Map<String, String> parts = new TreeMap<>();

  private Spreadsheet() {}

  public static Spreadsheet read(byte[] file) throws IOException {
    Spreadsheet book = new Spreadsheet();
    // By its directory, as Excel reads it: a stream trips over lengths that come behind their
    // parts.
    Path path = Files.createTempFile("libro", ".xlsx");
    try {
      Files.write(path, file);
      try (ZipFile zip = new ZipFile(path.toFile())) {
        for (ZipEntry part : Collections.list(zip.entries())) {
          book.parts.put(
              part.getName(), new String(zip.getInputStream(part).readAllBytes(), UTF_8));
        }
      }
    } finally {
      Files.delete(path);
    }
    return book;
  }

  /** All of its XML, for a look at what nobody should be able to put into it. */
  public String xml() {
    return String.join("\n", parts.values());
  }

  public List<String> sheetNames() {
    List<String> names = new ArrayList<>();
    for (Element sheet : elements(parsed(parts.get("xl/workbook.xml")), "sheet")) {
      names.add(sheet.getAttribute("name"));
    }
    return names;
  }

  /**
   * The lines of a sheet.
   *
   * @param number from 1
   * @return a value for each cell up to the last that has one
   */
  public List<List<Object>> sheet(int number) {
    List<List<Object>> lines = new ArrayList<>();
    Document sheet = parsed(parts.get("xl/worksheets/sheet" + number + ".xml"));
    for (Element row : elements(sheet, "row")) {
      while (lines.size() < Integer.parseInt(row.getAttribute("r"))) {
        lines.add(new ArrayList<>());
      }
      List<Object> line = lines.get(lines.size() - 1);
      for (Element cell : elements(row, "c")) {
        while (line.size() < column(cell.getAttribute("r"))) {
          line.add(null);
        }
        line.add(value(cell));
      }
    }
    return lines;
  }

  private static Object value(Element cell) {
    String text = cell.getTextContent();
    return switch (cell.getAttribute("t")) {
      case "inlineStr" -> restored(text);
      case "b" -> text.equals("1");
      case "n" -> new BigDecimal(text);
      default -> throw new IllegalStateException("a cell of type " + cell.getAttribute("t"));
    };
  }

  private static int column(String place) {
    int column = 0;
    for (char each : place.replaceAll("\\d", "").toCharArray()) {
      column = column * 26 + each - 'A' + 1;
    }
    return column - 1;
  }

  private static String restored(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  private static List<Element> elements(Document in, String name) {
    return elements(in.getElementsByTagName(name));
  }

  private static List<Element> elements(Element in, String name) {
    return elements(in.getElementsByTagName(name));
  }

  private static List<Element> elements(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int at = 0; at < nodes.getLength(); at++) {
      elements.add((Element) nodes.item(at));
    }
    return elements;
  }

  private static Document parsed(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml.getBytes(UTF_8)));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
