#pragma once

#include <stddef.h>

/// Sends one datagram to `socket`, a path or an abstract name that begins with @; gives up after so many milliseconds (0: at
/// once) with -EAGAIN. With a descriptor other than -1, a copy of it goes along.
int linux_send_datagram(const char *socket, const void *bytes, size_t size, int descriptor, int milliseconds);
/// Sends one datagram of the sd_notify protocol, as `linux_send_datagram` does.
int linux_notify(const char *socket, const char *state, int descriptor);
/// Asks the manager to have read everything sent before, and waits for that; -ETIMEDOUT when it does not answer.
int linux_notify_barrier(const char *socket, int milliseconds);
