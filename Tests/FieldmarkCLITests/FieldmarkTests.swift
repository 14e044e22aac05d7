import FieldmarkCLI
import Testing

private let help = """
  Shows where in a picture a vision-language model sees what words say.

  usage: fieldmark COMMAND [WORDS] [OPTIONS]

    demo            Draws a bird, and shows where its red epaulets are: start here.
    highlight       Draws where pictures show what words say.
    compare         Draws one sheet: methods, references and strengths side by side.
    classify        Scores pictures against concepts, in words, or by a classifier.
    embed           Gives the embeddings of pictures, or of texts.
    tokens          Shows the token numbers of words, and the pieces that they stand for.
    methods         Lists the methods, the ways of asking where.
    measures        Lists the measures and the papers' tables, for 'fieldmark evaluate'.
    train           Trains a linear head over embeddings: what --classifier takes.
    evaluate        Measures methods on a dataset: the papers' tables.
    audit           Asks whether a classifier looks at the traits that tell classes apart.
    merge           Joins runs over parts of a dataset, and says what is missing.
    report          Makes one self-contained page of a run of 'audit' or 'evaluate'.
    check           Says whether runs are whole: each picture's numbers as they were written.
    aviary          Draws a world of birds: a dataset with the true mask of every trait.
    models          Lists the models that were found, and where.
    models show     Shows what a model is made of, and where each value comes from.
    models get      Downloads a model from the Hugging Face hub into its cache.
    bench words     Checks and times the reading of prompts, one a line.
    bench pictures  Checks and times the way of pictures from files to a model's numbers.
    bench weights   Checks and times the opening of a checkpoint and the reading of its tensors.
    bench encoders  Times an image encoder: pictures a second, and what the machine could do.
    bench texts     Times a text encoder on the lines of a file.
    bench maps      Times the maps of all 312 attributes of birds in one picture.
    bench passes    Times measures that show a model hundreds of changed pictures.
    bench probes    Times the training of linear heads on the rows of a file.
    bench audit     Times an audit with every attribute beside embedding the pictures alone.

  'fieldmark COMMAND --help' explains a command; 'fieldmark --version' names the version and
  the libraries that it runs on.

  """

@Test func theHelpListsEveryCommand() {
  #expect(Program.fieldmark.transcript(["--help"]) == Transcript(results: help))
}
