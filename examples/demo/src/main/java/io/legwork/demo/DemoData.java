package io.legwork.demo;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * The real input.
 *
 * @param folder where it lies
 * @param pictures the size of each photograph, by file name
 * @param tables how many rows each CSV file has, by file name
 */
record DemoData(
    Path folder, SequencedMap<String, Dimension> pictures, SequencedMap<String, Integer> tables) {

  private static final List<String> PICTURES =
      List.of("rocket.jpg", "chelsea.png", "coffee.png", "hubble_deep_field.jpg");

  /** Known beforehand, so that a wrong profile is noticed whoever is wrong. */
  private static final Map<String, Integer> ROWS =
      new TreeMap<>(Map.of("seattle-weather.csv", 1461, "airports.csv", 3376));

  /**
   * Looks at the files in a folder.
   *
   * @throws DemoException if one is missing or no picture
   */
  static DemoData in(Path folder) {
    var pictures = new LinkedHashMap<String, Dimension>();
    PICTURES.forEach(name -> pictures.put(name, size(existing(folder, name))));
    ROWS.keySet().forEach(name -> existing(folder, name));
    return new DemoData(folder, pictures, new TreeMap<>(ROWS));
  }

  /** All files by their names. */
  Map<String, Path> files() {
    var files = new TreeMap<String, Path>();
    pictures.keySet().forEach(name -> files.put(name, folder.resolve(name)));
    tables.keySet().forEach(name -> files.put(name, folder.resolve(name)));
    return files;
  }

  private static Path existing(Path folder, String name) {
    var file = folder.resolve(name);
    if (!Files.isReadable(file)) {
      throw new DemoException(
          "%s is missing. Run the demo from the repository's root, or name the folder with --data."
              .formatted(file));
    }
    return file;
  }

  private static Dimension size(Path file) {
    try {
      var picture = ImageIO.read(file.toFile());
      if (picture == null) {
        throw new DemoException(file + " is no picture");
      }
      return new Dimension(picture.getWidth(), picture.getHeight());
    } catch (IOException e) {
      throw new DemoException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
