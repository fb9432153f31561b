// Runs before the server. On SIGUSR2, writes a line with the URLs of the loaded modules, the names of the loaded modules of Node,
// and the size of the young generation.
import { registerHooks } from 'node:module'
import { getHeapSpaceStatistics } from 'node:v8'

const urls = []
registerHooks({
  load(url, context, nextLoad) {
    urls.push(url)
    return nextLoad(url, context)
  },
})
process.on('SIGUSR2', () => {
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
  const modules = { urls, internal: process.moduleLoadList, youngBytes: young.space_size }
  process.stderr.write(`${JSON.stringify({ level: 30, msg: 'modules loaded', ...modules })}\n`)
})
