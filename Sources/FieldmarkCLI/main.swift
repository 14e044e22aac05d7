import Encoders
import Glibc

exit(Program.fieldmark.run(Path.commandLine).code)
