package io.legwork.examples.image;

/**
 * The result of {@code image.thumbnail}.
 *
 * @param bytes the size of the file
 * @param sha256 of the file, in hexadecimal digits
 * @param format png or jpeg
 * @param picture the file in Base64
 */
public record Thumbnail(
    int width, int height, int bytes, String sha256, String format, String picture) {}
