-- What a person does with a program in Neovim, written down: `nvim --headless -u NONE -S neovim.lua`.
-- What came of it goes into the file that HOCL_OUT names, as JSON.

local command = vim.fn.json_decode(vim.env.HOCL_COMMAND)
local seen = {}

local function finish()
  vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.HOCL_OUT)
  vim.cmd('qa!')
end

local function check(condition, what)
  if vim.wait(20000, condition, 20) then return end
  seen.failed = what
  finish()
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

local function codes()
  return vim.tbl_map(function(each) return each.code or each.user_data.lsp.code end, vim.diagnostic.get(0))
end

local function start()
  local config = { name = 'hocl', cmd = command, root_dir = vim.fn.getcwd() }
  if vim.lsp.start then return vim.lsp.start(config) end
  local id = vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(0, id)
  return id
end

local function ask(method, more)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, 'utf-16'), more or {})
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000)
  for _, answer in pairs(answers or {}) do return answer.result end
end

local function main()
  vim.cmd('edit main.hocl')
  local id = start()
  check(function() return vim.lsp.buf_is_attached(0, id) end, 'attached')
  check(function() return #vim.diagnostic.get(0) > 0 end, 'diagnostics')
  seen.diagnostics = codes()

  -- The mistake is mended by hand: the change goes to the server as one.
  vim.api.nvim_buf_set_text(0, 0, 31, 0, 32, { '&&' })
  check(function() return not vim.tbl_contains(codes(), 'HOCL102') end, 'mended')

  vim.api.nvim_win_set_cursor(0, { 2, 7 })
  seen.hover = ask('textDocument/hover').contents.value
  seen.completion = vim.tbl_map(
    function(item) return item.label end,
    ask('textDocument/completion', { context = { triggerKind = 1 } })
  )
  vim.lsp.buf.definition()
  check(function() return vim.api.nvim_win_get_cursor(0)[1] == 1 end, 'definition')
  seen.definition = vim.api.nvim_win_get_cursor(0)

  vim.lsp.buf.rename('keep')
  check(function() return text():find('keep.*keep') ~= nil end, 'rename')
  seen.renamed = text()

  if vim.lsp.buf.format then
    vim.lsp.buf.format({ async = false, timeout_ms = 20000 })
  else
    vim.lsp.buf.formatting_sync(nil, 20000)
  end
  seen.formatted = text()

  vim.lsp.stop_client(id)
  check(function() return vim.lsp.get_client_by_id(id) == nil end, 'stopped')
end

local ok, problem = pcall(main)
if not ok then seen.failed = problem end
finish()
