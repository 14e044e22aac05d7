import FieldmarkCLI
import Glibc
import Ground
import Parsing

MappedFile.endWithASentence()
exit(Program.fieldmark.run(Path.commandLine).code)
