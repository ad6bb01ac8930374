"""What takes minutes: benchmarks, load on the mock, and longer fuzzing."""
