import { addAbortSignal } from 'node:stream'
import type { CommandLine } from './command.ts'
import { exit } from './exit.ts'
import { listenForInterruption } from './interruption.ts'
import { checkEndpoint } from './mcp/check-endpoint.ts'
import { iterateLines } from './mcp/iterate-lines.ts'
import { toMcpUrl } from './mcp/mcp-url.ts'
import { MessageBridge } from './mcp/message-bridge.ts'
import { getServerAddress } from './server-address.ts'

/** Time in which requests can finish after the end of the input. A call takes at most 25 s by default. */
const finishTimeoutMs = 30_000

/**
 * `parley mcp`: connects an MCP client on standard input and output to a server. Returns the exit code.
 *
 * @throws UsageError if an option is invalid. ParleyError if the server does not accept MCP messages from this caller.
 */
export async function runMcpCommand(input: CommandLine): Promise<number> {
  const { url, key } = getServerAddress(input)
  const server = { url: toMcpUrl(url), key }
  const signal = listenForInterruption()
  const bridge = new MessageBridge(server, writeLine)
  signal.addEventListener('abort', () => bridge.abort())
  try {
    await checkEndpoint(server, signal)
    for await (const line of iterateLines(addAbortSignal(signal, process.stdin))) await bridge.handleLine(line)
    setTimeout(() => bridge.abort(), finishTimeoutMs).unref()
    await bridge.waitForIdle()
  } catch (error) {
    if (!signal.aborted) throw error
  }
  return signal.aborted ? (signal.reason as number) : exit.success
}

/** Resolves when the line was written, so that a client that does not read gets no more responses. */
const writeLine = (line: string): Promise<void> =>
  new Promise((resolve) => process.stdout.write(`${line}\n`, () => resolve()))
