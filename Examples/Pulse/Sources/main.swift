import GRDB
import Hummingbird
import Mustache
print("x")
