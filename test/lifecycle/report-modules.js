// Runs before the server. Sends the URLs of the loaded modules, the names of the loaded modules of Node, and the size of the
// young generation on request.
import { registerHooks } from 'node:module'
import { getHeapSpaceStatistics } from 'node:v8'

const urls = []
registerHooks({
  load(url, context, nextLoad) {
    urls.push(url)
    return nextLoad(url, context)
  },
})
process.on('message', () => {
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
  process.send({ urls, internal: process.moduleLoadList, youngBytes: young.space_size })
})
