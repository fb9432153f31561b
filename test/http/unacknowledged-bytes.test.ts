import { once } from 'node:events'
import net from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { countUnacknowledgedBytes } from '../../src/http/guard/unacknowledged-bytes.ts'

test.runIf(process.platform === 'linux').each(['127.0.0.1', '::1'])(
  'shows that a client at %s reads before the connection accepts more bytes',
  async (host) => {
    const server = net.createServer()
    await new Promise<void>((resolve) => server.listen(0, host, resolve))
    const client = net.connect((server.address() as net.AddressInfo).port, host).pause()
    const [socket] = (await once(server, 'connection')) as [net.Socket]
    onTestFinished(() => {
      client.destroy()
      socket.destroy()
      server.close()
    })
    expect(countUnacknowledgedBytes(socket)).toBe(0)
    // Larger than what both sides buffer.
    socket.write(Buffer.alloc(64 * 1024 ** 2))
    let before = 0
    await vi.waitFor(() => {
      const now = countUnacknowledgedBytes(socket)
      const isFull = now > 0 && now === before
      before = now
      expect(isFull).toBe(true)
    })
    await vi.waitFor(() => {
      client.read(64 * 1024)
      expect(countUnacknowledgedBytes(socket)).toBeLessThan(before)
    })
  },
)
