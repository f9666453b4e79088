import PalcoCore
import Testing
