#!/usr/bin/env node
/* Old syntax on purpose: an old Node must get as far as the sentence at the end. */
'use strict'

var version = process.versions.node.split('.').map(Number)
var isNewEnough = version[0] > 22 || (version[0] === 22 && version[1] >= 18)

if (isNewEnough) {
  // The package ships `dist/`; a checkout that was not built runs its source.
  var built = require('node:path').join(__dirname, '../dist/cli/main.cjs')
  require('node:fs').existsSync(built) ? require(built) : import('../cli/main.ts')
} else {
  console.error('hocl needs Node 22.18 or newer, and this is Node ' + process.versions.node + '.')
  process.exitCode = 2
}
