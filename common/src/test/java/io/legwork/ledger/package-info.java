@NullMarked
package io.legwork.ledger;

import org.jspecify.annotations.NullMarked;
