-- Redis' clock is the only one that decides anything. Milliseconds: Lua prints integers of 16
-- digits wrongly.
local NOW
do
  local time = redis.call('TIME')
  NOW = time[1] * 1000 + math.floor(time[2] / 1000)
end

-- An integer as text, without an exponent.
local function int(n) return string.format('%.0f', n) end
-- Now, as text: what nearly all scripts write, several times.
local NOW_TEXT = int(NOW)
