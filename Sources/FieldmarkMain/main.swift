import FieldmarkCLI
import Glibc
import Ground

MappedFile.endWithASentence()
exit(Program.fieldmark.run(Path.commandLine).code)
