package io.legwork.producer.json;

/**
 * Which parts of a document are taken apart, and how much of it.
 *
 * @param opaqueName members of this name, at {@code opaqueDepth}, are checked but not taken apart
 * @param opaqueDepth how many objects and arrays are around such a member
 * @param opaqueSize up to how many bytes such a member is checked for duplicate names; whoever
 *     reads the document must refuse larger ones
 * @param maxValues how many values may be taken apart: bounds the memory a document costs
 */
public record JsonShape(String opaqueName, int opaqueDepth, int opaqueSize, int maxValues) {

  /** A document that is taken apart in whole. */
  public static final JsonShape WHOLE = new JsonShape("", 0, 0, Integer.MAX_VALUE);
}
