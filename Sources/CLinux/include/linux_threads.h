// Memory, and what libdispatch does beside.
#pragma once

// Gives memory that nobody uses back to the system.
void linux_release_memory(void);
