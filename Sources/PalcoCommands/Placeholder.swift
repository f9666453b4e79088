import ArgumentParser
import AsyncHTTPClient
import LocalCloud
import Subprocess
public struct Palco: AsyncParsableCommand { public init() {} ; public func run() async throws {} }
