export const reportStyle = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { max-width: 1100px; margin: 24px auto; padding: 0 16px; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; }
h2 { margin-top: 32px; }
table { border-collapse: collapse; width: 100%; }
th, td { overflow-wrap: break-word; text-align: left; padding: 4px 16px 4px 0; vertical-align: top; border-bottom: 1px solid #8884; }
td[data-result] { white-space: nowrap; }
section, article { border-top: 1px solid #8886; margin-top: 24px; }
ul { padding-left: 20px; }
small, .time { color: light-dark(#555, #aaa); }
[data-result=failed], [data-severity=error] { color: light-dark(#b00020, #ff8a8a); }
[data-result=warned], [data-severity=warning] { color: light-dark(#7a4b00, #ffc46b); }
[data-result=passed] { color: light-dark(#0a6b2d, #7ddc9c); }
summary { cursor: pointer; padding: 4px 0; }
.evidence { display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
svg { max-width: 100%; height: auto; }
svg text { fill: currentColor; font-size: 12px; }
svg tspan { fill: currentColor; font-weight: 600; }
svg text.lane { font-weight: 600; }
svg line { stroke: currentColor; }
svg line.lane { stroke: #8888; }
svg .app { color: light-dark(#0b57d0, #a8c7fa); }
img { max-width: 100%; border: 1px solid #8886; }`;
