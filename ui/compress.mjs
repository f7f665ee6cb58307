// After the build: a .gz beside every file of 1 kB or more that shrinks, so that the server sends it as it is.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const LEAST = 1024
const every = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? every(path) : [path]
  })

let before = 0
let after = 0
for (const path of every('dist')) {
  if (path.endsWith('.gz') || statSync(path).size < LEAST) continue
  const bytes = readFileSync(path)
  const packed = gzipSync(bytes, { level: 9 })
  if (packed.length >= bytes.length) continue
  writeFileSync(`${path}.gz`, packed)
  before += bytes.length
  after += packed.length
}
console.log(`compressed ${before} bytes to ${after}`)
