package io.legwork.bench.report;

/** One measured value, such as 15,000 tasks/s. */
public record Figure(String name, double value) {}
