// Memory, and what libdispatch does beside.
#pragma once

// Gives memory that nobody uses back to the system, and the pages of the program that the start has left mapped: the kernel maps
// sixteen for each that is touched.
void linux_release_memory(void);
