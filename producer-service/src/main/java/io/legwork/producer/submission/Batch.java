package io.legwork.producer.submission;

import io.legwork.ledger.Submission;
import io.legwork.problems.Problem;
import java.util.List;
import java.util.SortedMap;

/**
 * A batch that was read.
 *
 * @param size how many tasks it has
 * @param submissions the tasks that are valid, in order
 * @param refusals what is wrong with the others, by their index
 */
record Batch(int size, List<Submission> submissions, SortedMap<Integer, Problem> refusals) {}
