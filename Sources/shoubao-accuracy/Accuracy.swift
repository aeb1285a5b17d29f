import ArgumentParser

/// Measures recognition and the checks against documents whose truth is known.
@main
struct AccuracyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shoubao-accuracy",
    abstract: "Holds what the program reads and finds against the truth.",
    subcommands: [
      ReadingCommand.self, CorpusCommand.self, LocalisationCommand.self, StatementsCommand.self,
    ],
    defaultSubcommand: ReadingCommand.self)
}
