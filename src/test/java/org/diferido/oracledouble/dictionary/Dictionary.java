package org.diferido.oracledouble.dictionary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.oracledouble.value.OraException;

/** Which stored procedures there are, and by which names they are known. */
public final class Dictionary {

  private static final String PUBLIC = "PUBLIC";

  private final Map<List<String>, StoredObject> objects = new ConcurrentHashMap<>();
  private final Map<List<String>, Names> synonyms = new ConcurrentHashMap<>();
  private final Map<List<String>, MadeType> types = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger(70_000);

  /**
   * A name resolved.
   *
   * @param subprogram null when only a package was named
   */
  public record Resolved(StoredObject object, String subprogram) {

    /** PLS-00302 when the package has no such member. */
    public List<Subprogram> overloads() {
      return object.overloads(subprogram == null ? "" : subprogram);
    }
  }

  /**
   * Registers one overload.
   *
   * @param inPackage null for one that stands alone, which replaces an earlier one
   * @param returns null for a procedure
   * @param declarations {@code "P_FECHA IN DATE"}
   */
  public void add(
      String owner,
      String inPackage,
      String name,
      String returns,
      Body body,
      String... declarations) {
    String object = inPackage == null ? name : inPackage;
    List<String> key = List.of(owner, object);
    if (inPackage == null) {
      objects.remove(key);
    }
    objects
        .computeIfAbsent(
            key, each -> new StoredObject(owner, object, ids.incrementAndGet(), inPackage != null))
        .add(
            name,
            returns == null ? null : Argument.returned(returns),
            Arrays.stream(declarations).map(Argument::parse).toList(),
            body);
  }

  /**
   * Registers another name.
   *
   * @param owner may be PUBLIC
   * @param target {@code OWNER.NAME}, or with a link {@code OWNER.NAME@LINK}
   */
  public void synonym(String owner, String name, String target) {
    synonyms.put(List.of(owner, name), Names.parse(target));
  }

  /** Registers a type; see {@link MadeType#parse}. */
  public void type(String owner, String name, String kind, String... attributes) {
    types.put(List.of(owner, name), MadeType.parse(owner, name, kind, attributes));
  }

  public Optional<MadeType> type(String owner, String name) {
    return Optional.ofNullable(types.get(List.of(owner, name)));
  }

  public Optional<StoredObject> object(String owner, String name) {
    return Optional.ofNullable(objects.get(List.of(owner, name)));
  }

  /**
   * Looks a name up as the compiler does: in the schema, its synonyms, the public ones, and at last
   * as one that begins with a schema.
   *
   * @throws OraException ORA-06563 for parts behind a procedure that stands alone
   */
  public Optional<Resolved> resolve(List<String> parts, String schema) {
    List<List<String>> ways = new ArrayList<>();
    ways.add(List.of(schema, parts.get(0)));
    ways.add(List.of(PUBLIC, parts.get(0)));
    for (List<String> way : ways) {
      Optional<StoredObject> found = follow(way, 0);
      if (found.isPresent()) {
        return Optional.of(member(found.get(), parts.subList(1, parts.size())));
      }
    }
    return parts.size() == 1
        ? Optional.empty()
        : follow(parts.subList(0, 2), 0)
            .map(object -> member(object, parts.subList(2, parts.size())));
  }

  /** What a synonym stands for that is in another database: its target, with the link. */
  Optional<Names> linked(List<String> parts, String schema) {
    return List.of(List.of(schema, parts.get(0)), List.of(PUBLIC, parts.get(0))).stream()
        .map(synonyms::get)
        .filter(target -> target != null && target.link() != null)
        .findFirst();
  }

  private Optional<StoredObject> follow(List<String> key, int depth) {
    StoredObject object = objects.get(List.copyOf(key));
    if (object != null) {
      return Optional.of(object);
    }
    Names target = synonyms.get(List.copyOf(key));
    if (target == null) {
      return Optional.empty();
    }
    if (depth > 10) {
      throw new OraException(1775, "looping chain of synonyms");
    }
    List<String> next =
        target.parts().size() == 1 ? List.of(key.get(0), target.parts().get(0)) : target.parts();
    return follow(next, depth + 1);
  }

  private static Resolved member(StoredObject object, List<String> rest) {
    if (rest.size() > (object.isPackage() ? 1 : 0)) {
      throw new OraException(6563, "top level procedure/function specified, cannot have subparts");
    }
    if (object.isPackage()) {
      return new Resolved(object, rest.isEmpty() ? null : rest.get(0));
    }
    return new Resolved(object, object.name());
  }
}
