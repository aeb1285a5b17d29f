import Accuracy
import ArgumentParser

/// Holds an office's own documents, labelled with what they say, against the program.
struct CorpusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus",
    abstract: "Holds what the program reads in labelled documents against their labels.",
    discussion: """
      Beside each document NAME.ext of the folder stands NAME.json with the facts (docs/corpus.md). One line for each \
      case that fails. Exit code 1 when a case fails that known.txt does not list, or one is right that it lists; \
      65 when a label cannot be read.
      """)

  @Argument(help: "The folder.") var folder: String
  @Flag(help: "Also print the cases that known.txt lists.") var verbose = false

  func run() throws {
    let sum: CorpusMeasurement
    do {
      sum = try CorpusMeasurement(Corpus(folder))
    } catch {
      print(error)
      throw ExitCode(65)
    }
    for line in sum.failures + sum.mended { print(line) }
    if verbose { for line in sum.known { print("known: \(line)") } }
    print(
      "\(sum.cases) cases: \(sum.right) right, \(sum.failures.count) failed, "
        + "\(sum.known.count) known to fail")
    print(
      "cells: \(sum.exact) exact, \(sum.uncertain) uncertain, \(sum.wrong) wrong, \(sum.missing) missing; "
        + "cases that differ: \(sum.facts) in facts, \(sum.statements) in statements, "
        + "\(sum.findings) in findings")
    guard sum.isGood else { throw ExitCode(1) }
  }
}
