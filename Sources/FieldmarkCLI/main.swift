import Encoders
import Glibc

MappedFile.endWithASentence()
exit(Program.fieldmark.run(Path.commandLine).code)
