import CDocument
import CScans
import Glibc
public import Reports

/// Where poppler keeps its maps from the characters of fonts that a PDF file does not bring to Unicode. They are some
/// hundred, and each is loaded when a page asks for it.
private let fontMaps = "/usr/share/poppler"

/// Where Debian's packages put Tesseract's data, from version to version.
private let scanFolders = [
  "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata",
  "/usr/share/tessdata",
]

/// The folder with the data for simplified Chinese; `nil`: scans cannot be read on this machine.
private var scanFolder: String? {
  scanFolders.first { access($0 + "/chi_sim.traineddata", R_OK) == 0 }
}

/// Whether the machine has what reading scans needs.
public func canReadScans() -> Bool { scanFolder != nil }

/// Loads Tesseract, once.
func loadScanning() -> Bool {
  guard let folder = scanFolder else { return shoubao_scans_load(nil) == 0 }
  return folder.withCString { shoubao_scans_load($0) == 0 }
}

/// Folders that a library opens files in while it reads.
public func libraryFolders(for part: ReaderPart?) -> [String] { part == nil ? [] : [fontMaps] }

/// Loads what the readers would otherwise load from disk at their first need, for a process that will not be able to open
/// files then: the converters of glibc, which are libraries of their own, for every character set that is read.
///
/// - Parameter part: what is loaded beside the readers of text, pages and office files.
public func loadLibraryData(for part: ReaderPart? = nil) {
  for set in CharacterSet.allCases { set.keepConverter() }
  shoubao_archive_prepare()
  guard part != nil else { return }
  _ = shoubao_pdf_load()
  if part == .scans { _ = loadScanning() }
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
