// Reads the SDL of running subgraphs, and prints the supergraph:
//
//   PARLEY_API_KEY=… node compose.js parley=http://127.0.0.1:4000/subgraph employees=http://127.0.0.1:4001
//
// PARLEY_API_KEY: key of an API client with the scope `explore`, if Parley has `clients`.
import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'

const { PARLEY_API_KEY: key } = process.env

async function fetchSdl(url) {
  const authorization = key && url.endsWith('/subgraph') ? { authorization: `Bearer ${key}` } : {}
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  }).catch(({ cause }) => fail(`${url} could not be reached (${cause?.code}). Check the URL, and start the subgraph.`))
  if (response.status === 404) fail(`${url} does not exist. For Parley, add "federation: {}" to its configuration.`)
  const { data, errors } = await response.json()
  return errors ? fail(`${url}: ${errors[0].message}`) : data._service.sdl
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

const services = process.argv.slice(2).map(async (argument) => {
  const [, name, url] = /^(\w+)=(.+)$/.exec(argument) ?? fail('Each argument must be NAME=URL.')
  return { name, url, typeDefs: parse(await fetchSdl(url)) }
})
const { supergraphSdl, errors = [] } = composeServices(await Promise.all(services))
for (const { message } of errors) console.error(message)
if (supergraphSdl) console.log(supergraphSdl)
else process.exitCode = 1
