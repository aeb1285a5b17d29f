import Testing

/// Tests of the whole daemon: a folder, workers, a journal. One after the other, for each has processes of its own.
@Suite(.serialized) enum DaemonTests {}
