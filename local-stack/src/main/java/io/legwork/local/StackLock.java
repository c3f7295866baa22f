package io.legwork.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets one command at a time do what must not be done twice at once; the others wait for it. */
final class StackLock implements AutoCloseable {

  private final FileChannel channel;

  private StackLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Held by whoever changes the stack of this checkout. */
  static StackLock ofStack(Home home, Terminal terminal) {
    Folders.createPrivate(home.state());
    return acquire(home.lock(), terminal, "Another ./legwork is changing this stack");
  }

  /** Held by whoever starts a stack, because the stacks of a user choose from the same ports. */
  static StackLock ofPorts(Terminal terminal) {
    Folders.create(Home.userCache());
    return acquire(Home.userCache().resolve("ports.lock"), terminal, "Another stack is starting");
  }

  private static StackLock acquire(Path file, Terminal terminal, String reason) {
    try {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        terminal.say(reason + "; waiting for it.");
        channel.lock();
      }
      return new StackLock(channel);
    } catch (IOException e) {
      throw new LocalStackException("The file " + file + " could not be locked.", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new LocalStackException("The lock of the stack could not be given back.", e);
    }
  }
}
