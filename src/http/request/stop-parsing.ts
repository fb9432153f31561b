import type { Socket } from 'node:net'

/** The used part of Node's HTTP parser, which is not documented. */
interface Parser {
  /** Called with each request. The result 2 ends the parsing of the bytes that were read. */
  onIncoming: (() => number) | null
}

const endParsing = (): number => 2

/**
 * Drops the requests that Node has read from a connection but not parsed. Otherwise Node creates objects for all
 * requests in up to 64 KiB, even if the socket is destroyed. Measured: 330 MiB for 200 connections with 1,000 requests
 * each. Node sets `onIncoming` again for every connection.
 */
export function stopParsing(socket: Socket): void {
  const { parser } = socket as { parser?: Parser | null }
  if (parser?.onIncoming) parser.onIncoming = endParsing
}
