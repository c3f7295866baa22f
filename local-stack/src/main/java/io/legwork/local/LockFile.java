package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets one process at a time do what must not be done twice at once; the others wait for it. */
final class LockFile implements AutoCloseable {

  private final FileChannel channel;

  private LockFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Held by whoever changes the stack of this checkout. */
  static LockFile ofStack(Home home, Terminal terminal) {
    Folders.createPrivate(home.state());
    return acquire(home.lock(), terminal, "Another ./legwork is changing this stack");
  }

  /** Held by whoever starts a stack, because the stacks of a user choose from the same ports. */
  static LockFile ofPorts(Terminal terminal) {
    Folders.create(Home.userCache());
    return acquire(Home.userCache().resolve("ports.lock"), terminal, "Another stack is starting");
  }

  /** Held by a JVM that clears what others' tests left, for the moment; no thread asks twice. */
  static LockFile ofTests(Path base) {
    var file = base.resolve("tests.lock");
    try {
      var channel = open(file);
      channel.lock();
      return new LockFile(channel);
    } catch (IOException e) {
      throw cannotLock(file, e);
    }
  }

  private static LockFile acquire(Path file, Terminal terminal, String reason) {
    try {
      var channel = open(file);
      if (channel.tryLock() == null) {
        terminal.say(reason + "; waiting for it.");
        channel.lock();
      }
      return new LockFile(channel);
    } catch (IOException e) {
      throw cannotLock(file, e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static LocalStackException cannotLock(Path file, IOException cause) {
    return new LocalStackException("The file " + file + " could not be locked.", cause);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new LocalStackException("A lock could not be given back.", e);
    }
  }
}
