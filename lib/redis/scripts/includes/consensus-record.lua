--- @include "includes/deadline"
-- A round of votes, `consensus:<swarm>:<loop>:<run>:<iteration>`, a hash:
--   swarm, loop, run, iteration, policy, openedAt, deadline
--   threshold     a millionth is 1: confidences are compared as integers
--   quorum        votes that are enough when the deadline comes
--   last          the iteration after which a round that is not reached is `exhausted`
--   validators    who may vote, JSON
--   v:<validator> { c, issues, recommendations, at, replaced }, c in millionths
--   outcome       once decided or expired, JSON
--   ev            id of its last event

-- A decided round is kept this long, s.
local ROUND_KEPT = 2592000

-- Millionths (a fraction of them too) as the JSON number that was meant: 920000 is 0.92.
local function fraction(millionths)
  local text = string.format('%.12f', millionths / 1000000)
  return (string.gsub(string.gsub(text, '0+$', ''), '%.$', ''))
end

-- cjson would write an empty array as an object.
local function json_texts(list)
  local out = {}
  for i, text in ipairs(list) do out[i] = cjson.encode(text) end
  return '[' .. table.concat(out, ',') .. ']'
end

local function vote_of(round, validator)
  local json = redis.call('HGET', round, 'v:' .. validator)
  return json and cjson.decode(json) or nil
end
