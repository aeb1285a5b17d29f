import Testing

// Each of the two is one row: a daemon with its worker at a time. They wait more than they work, so two rows share the machine.

/// A daemon at work, and what may be brought to it.
@Suite(.serialized) enum DaemonTests {}

/// A daemon that is killed, stopped in the middle, or that the machine lets down.
@Suite(.serialized) enum DaemonFaultTests {}
