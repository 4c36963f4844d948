package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.diferido.failure.Message;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.Parameter.Shape;
import org.diferido.procedure.ValueConversion.Refused;
import org.junit.jupiter.api.Test;

class CompositeConversionTest {

  private static final Parameter PHONES = list("TELEFONOS", part("", ParameterType.TEXT, 5), 2);
  private static final Parameter PERSON =
      object(
          "P",
          part("NOMBRE", ParameterType.TEXT, 10),
          part("NACIDA", ParameterType.DATE, 0),
          PHONES,
          part("nombre2", ParameterType.NUMBER, 0));
  private static final Parameter PEOPLE = list("P", PERSON, 0);

  @Test
  void anArrayGivesItsElementsConvertedAndInOrder() throws Exception {
    Parameter dates = list("P", part("", ParameterType.DATE, 0), 0);
    assertThat(ValueConversion.convert(Arrays.asList("2025-12-10", null, "01/02/2025"), dates))
        .isEqualTo(
            Arrays.asList(
                LocalDateTime.parse("2025-12-10T00:00"),
                null,
                LocalDateTime.parse("2025-02-01T00:00")));
    assertThat(ValueConversion.convert(List.of(), dates)).isEqualTo(List.of());
  }

  @Test
  void anObjectGivesItsAttributesInDeclaredOrderWhateverTheOrderAndCaseOfItsMembers()
      throws Exception {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("Nombre2", BigDecimal.TEN);
    given.put("telefonos", List.of("1", "2"));
    given.put("NACIDA", null);
    given.put("nombre", "Ana");
    assertThat(ValueConversion.convert(given, PERSON))
        .isEqualTo(Arrays.asList("Ana", null, List.of("1", "2"), BigDecimal.TEN));
  }

  @Test
  void whereNamesDifferByCaseOnlyTheExactSpellingWins() throws Exception {
    Parameter two = object("P", part("A", ParameterType.TEXT, 9), part("a", ParameterType.TEXT, 9));
    assertThat(ValueConversion.convert(Map.of("a", "x", "A", "y"), two))
        .isEqualTo(List.of("y", "x"));
  }

  @Test
  void theWrongKindIsRefusedWithTheNameOfTheType() {
    for (Object value : List.of("x", BigDecimal.ONE, true, Map.of())) {
      assertRefused(value, PEOPLE, "", Message.of("value.array", "LIST OF P"));
    }
    for (Object value : List.of("x", BigDecimal.ONE, true, List.of())) {
      assertRefused(value, PERSON, "", Message.of("value.object", "OBJECT P"));
    }
  }

  @Test
  void aFaultIsNamedByItsExactPlace() {
    assertRefused(
        Arrays.asList(null, person("telefonos", List.of("1", "123456"))),
        PEOPLE,
        "/1/telefonos/1",
        Message.of("value.too_long", 5, 6));
    assertRefused(
        List.of(person("telefonos", List.of("1", "2", "3"))),
        PEOPLE,
        "/0/telefonos",
        Message.of("value.too_many_elements", 2, 3));
    assertRefused(
        List.of(Map.of("~a/b", 1)),
        PEOPLE,
        "/0/~0a~1b",
        Message.of("value.attribute_unknown", "~a/b", "OBJECT P"));
    assertRefused(
        List.of(Map.of("nombre", "x")),
        PEOPLE,
        "/0",
        Message.of("value.attribute_missing", "NACIDA", "OBJECT P"));
    Map<String, Object> twice = new LinkedHashMap<>();
    twice.put("nombre", "x");
    twice.put("Nombre", "y");
    assertRefused(twice, PERSON, "/Nombre", Message.of("value.attribute_twice", "NOMBRE"));
  }

  @Property
  void theSizeIsTheNumberOfScalarsHoweverTheyAreNested(@ForAll List<List<Integer>> lists) {
    int expected = lists.stream().mapToInt(each -> Math.max(1, each.size())).sum();
    assertThat(CompositeConversion.size(new ArrayList<>(lists))).isEqualTo(Math.max(1, expected));
  }

  @Test
  void whatIsNullOrEmptyCountsToo() {
    assertThat(CompositeConversion.size(null)).isEqualTo(1);
    assertThat(CompositeConversion.size(Arrays.asList(null, List.of(), "x"))).isEqualTo(3);
  }

  @Test
  void aCallMayHaveSoManyScalarsInItsListsAndNotOneMore() {
    Parameter flags = list("P", part("", ParameterType.BOOLEAN, 0), 0);
    Signature signature =
        new Signature(TestSignatures.procedure("S", "P").name(), "1", List.of(flags), null);
    assertThat(fit(signature, BoundCall.MOST_PARTS)).isEmpty();
    assertThat(fit(signature, BoundCall.MOST_PARTS + 1)).containsExactly("/params/0/value");
  }

  private static List<String> fit(Signature signature, int elements) {
    ProcedureCall.Argument argument =
        new ProcedureCall.Argument(
            "p", Collections.nCopies(elements, true), true, null, null, false);
    ProcedureCall call =
        new ProcedureCall(ProcedureName.parse("p", null), null, false, List.of(argument));
    SignatureFit fit = new SignatureFit(call, signature);
    fit.bind();
    return fit.errors().stream().map(error -> error.pointer()).toList();
  }

  @Test
  void numbersThatAreTakenAsTextAreCountedHoweverDeep() {
    Object person = person("telefonos", List.of(BigDecimal.ONE, "2"));
    assertThat(CompositeConversion.numbersAsText(List.of(person, person), PEOPLE)).isEqualTo(2);
    assertThat(CompositeConversion.numbersAsText(null, PEOPLE)).isZero();
  }

  /** A person that fits, but for one member. */
  private static Map<String, Object> person(String member, Object value) {
    Map<String, Object> person = new LinkedHashMap<>();
    person.put("nombre", "Ana");
    person.put("nacida", null);
    person.put("telefonos", null);
    person.put("nombre2", BigDecimal.ONE);
    person.put(member, value);
    return person;
  }

  private static void assertRefused(
      Object value, Parameter parameter, String pointer, Message why) {
    Refused refused =
        catchThrowableOfType(Refused.class, () -> ValueConversion.convert(value, parameter));
    assertThat(refused).as(String.valueOf(value)).isNotNull();
    assertThat(refused.pointer()).isEqualTo(pointer);
    assertThat(refused.why()).isEqualTo(why);
  }

  private static Parameter part(String name, ParameterType type, int maxLength) {
    return new Parameter(name, Direction.IN, type, type.name(), false, maxLength, 0);
  }

  private static Parameter list(String name, Parameter element, int most) {
    Shape shape = new Shape("S", "LIST", List.of(element), most);
    String shown = "LIST OF " + element.name();
    return new Parameter(name, Direction.IN, ParameterType.COLLECTION, shown, false, 0, 0, shape);
  }

  private static Parameter object(String name, Parameter... attributes) {
    Shape shape = new Shape("S", "OBJECT", List.of(attributes), 0);
    String shown = "OBJECT " + name;
    return new Parameter(name, Direction.IN, ParameterType.OBJECT, shown, false, 0, 0, shape);
  }
}
