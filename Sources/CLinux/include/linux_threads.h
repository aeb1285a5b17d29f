// Memory, and what libdispatch does beside.
#pragma once

// Gives memory that nobody uses back to the system, and the pages of the program that the start has left mapped: the kernel maps
// sixteen for each that is touched.
void linux_release_memory(void);

// All threads take their memory from one place: else each gets one of its own, and what one thread has given away no other can
// use. To be called before the second thread starts.
void linux_share_memory(void);
