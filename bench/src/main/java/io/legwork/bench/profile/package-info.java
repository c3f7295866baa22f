/** Where the services spent their time and memory, from recordings of the JDK's flight recorder. */
@NullMarked
package io.legwork.bench.profile;

import org.jspecify.annotations.NullMarked;
