"""Measurements that take minutes: benchmarks, load tests of the mock, fuzzing and mutants."""
