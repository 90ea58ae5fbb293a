--- @include "includes/emit"
-- Several calls of one script, made in one turn of a process' event loop, are one script call: the clock,
-- the fences and the definitions below are paid for once. What such a script does stands in a function
-- `call(first, last)`, whose arguments are ARGV[first] to ARGV[last]; `answers(call)` is its end.
--
-- ARGV[1] prefix; then for each call: who makes it, how many arguments follow, and these.
-- Answers one array for each call: what `call` answered, or { 'ERROR', message } where it failed. A call
-- that fails changes nothing for the others.

-- Hints of all calls, by channel: each channel gets one message, an array where there are several.
local hints, channels = {}, {}
local function hint(channel, json)
  local told = hints[channel]
  if told then
    told[#told + 1] = json
  else
    hints[channel] = { json }
    channels[#channels + 1] = channel
  end
end

-- What the calls of one coordinator do is one thing that it did last.
local acted = {}
local function acts(id, what, ev)
  acted[id] = { what, ev }
  last_refusal[id] = nil
end

-- The answer of the call that is described from ARGV[at] on, and where the next is.
local function answer_of(call, at)
  local last = at + 1 + ARGV[at + 1]
  actor = ARGV[at]
  local ok, answer = pcall(call, at + 2, last)
  if not ok then
    answer = { 'ERROR', type(answer) == 'table' and answer.err or tostring(answer) }
  end
  return answer, last + 1
end

local function answers(call)
  local all, at = {}, 2
  while at < #ARGV do
    all[#all + 1], at = answer_of(call, at)
  end
  for id, it in pairs(acted) do
    redis.call('HSET', k_coordinator(id), 'actionWhat', it[1], 'actionAt', NOW_TEXT, 'ev',
      last_refusal[id] or it[2])
  end
  for _, channel in ipairs(channels) do
    redis.call('PUBLISH', channel, '[' .. table.concat(hints[channel], ',') .. ']')
  end
  return all
end
