package io.legwork.bench;

import io.legwork.bench.system.Meter;
import java.util.Map;

/**
 * What a load has cost.
 *
 * @param cpuMicros processor time by process
 */
record Costs(Map<String, Long> cpuMicros, Meter.Reading reading) {}
