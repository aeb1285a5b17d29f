import CDocument
import Glibc

/// Where poppler keeps its maps from the characters of fonts that a PDF file does not bring to Unicode. They are some
/// hundred, and each is loaded when a page asks for it.
private let fontMaps = "/usr/share/poppler"

/// Folders that a library opens files in while it reads.
public let libraryFolders = [fontMaps]

/// Loads what the readers would otherwise load from disk at their first need, for a process that will not be able to open
/// files then: the converters of glibc, which are libraries of their own, for every character set that is read.
public func loadLibraryData() {
  for set in CharacterSet.allCases { set.keepConverter() }
  shoubao_archive_prepare()
}

/// Whether the maps are there, and may be read.
func hasFontMaps() -> Bool {
  guard let folder = opendir(fontMaps + "/cidToUnicode") else { return false }
  defer { closedir(folder) }
  while let entry = readdir(folder) {
    // The first letter of the name: not "." and "..".
    if entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) { return true }
  }
  return false
}
