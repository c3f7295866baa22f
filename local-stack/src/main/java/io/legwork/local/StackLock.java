package io.legwork.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;

/** Lets one command at a time change a stack; the others wait for it. */
final class StackLock implements AutoCloseable {

  private final FileChannel channel;

  private StackLock(FileChannel channel) {
    this.channel = channel;
  }

  static StackLock acquire(Home home, Terminal terminal) {
    Folders.createPrivate(home.state());
    try {
      var channel =
          FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        terminal.say("Another ./legwork is changing this stack; waiting for it.");
        lock = channel.lock();
      }
      return new StackLock(channel);
    } catch (IOException e) {
      throw new LocalStackException("The file " + home.lock() + " could not be locked.", e);
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
