/** {@code csv.profile}: says what is in the columns of a CSV file. */
@NullMarked
package io.legwork.examples.csv;

import org.jspecify.annotations.NullMarked;
