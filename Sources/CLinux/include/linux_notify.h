#pragma once

/// Sends one datagram of the sd_notify protocol to `socket`, a path or an abstract name that begins with @. With a
/// descriptor other than -1, a copy of it goes along.
int linux_notify(const char *socket, const char *state, int descriptor);
/// Asks the manager to have read everything sent before, and waits for that; -ETIMEDOUT when it does not answer.
int linux_notify_barrier(const char *socket, int milliseconds);
