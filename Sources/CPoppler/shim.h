// The target only brings the flags of pkg-config; CDocument includes poppler.h itself.
