package io.legwork.problems;

/**
 * What is wrong with one field.
 *
 * @param detail what is wrong, and what would be right
 * @param pointer which field
 */
public record FieldError(String detail, Pointer pointer) {}
