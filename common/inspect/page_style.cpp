#include "inspect/page_style.hpp"

namespace culvert::inspect {

const std::string_view colour_style = R"(
:root{color-scheme:light dark;--ground:#ffffff;--card:#f6f8fa;--text:#1f2328;--dim:#57606a;--rule:#7d8590;--focus:#0550ae;
--link:#8a5300;--ip:#0a6577;--transport:#1a7036;--tunnel:#7a3fd0;--name:#b3266b;--data:#57606a;
--complete:#1a7036;--lost:#b91c27;--ambiguous:#8a5300}
@media screen and (prefers-color-scheme:dark){:root{--ground:#0d1117;--card:#161b22;--text:#e6edf3;--dim:#9da7b3;--rule:#7d8590;--focus:#79b8ff;
--link:#e3a857;--ip:#58c4e8;--transport:#56d364;--tunnel:#c8a2ff;--name:#ff8bb8;--data:#9da7b3;
--complete:#56d364;--lost:#ff8178;--ambiguous:#e3a857}}
.e,.v,.l,.a{--c:var(--link)}.i,.x{--c:var(--ip)}.c,.u,.t{--c:var(--transport)}.g,.s,.w{--c:var(--tunnel)}.n{--c:var(--name)}.d{--c:var(--data)}
)";

const std::string_view page_style = R"(
*{box-sizing:border-box}html{scroll-padding-top:7rem}
body{margin:0 auto;max-width:110rem;padding:1rem;background:var(--ground);color:var(--text);font:1rem/1.45 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:0}h3{font-size:1rem;margin:0}p{margin:.3rem 0}ul,ol{list-style:none;margin:0;padding:0}
code,.line,.hex b{font-family:ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
h2 small,.dim{color:var(--dim);font-weight:400}
.top{position:sticky;top:0;z-index:2;background:var(--ground);border-bottom:1px solid var(--rule);padding:.4rem 0}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem}.legend b,.layers b{display:inline-block;min-width:1.3em;text-align:center;border-radius:.2em;background:var(--c);color:var(--ground);font-family:ui-monospace,monospace}
.places,.lanes{display:grid;grid-template-columns:repeat(var(--n),minmax(0,1fr))}
.places{margin-top:.4rem}.places li{text-align:center;font-weight:700}
article{border-bottom:1px solid var(--rule);padding:1rem 0;break-inside:avoid;scroll-margin-top:6rem}
.fate{font-weight:700}.complete .fate{color:var(--complete)}.lost .fate,.lost .end{color:var(--lost)}.ambiguous .fate,.ambiguous .end{color:var(--ambiguous)}
.lanes>li{grid-row:1;position:relative;padding:3.2rem .4rem 0;min-width:0}
.lanes>li::before{content:"";position:absolute;top:1.6rem;left:calc(50% - .45rem);width:.9rem;height:.9rem;border-radius:50%;background:var(--ground);border:.2rem solid var(--text)}
.lanes>li.gone::before{content:"\2717"/"";border:0;height:auto;width:auto;line-height:1;left:calc(50% - .4rem);font-weight:700;color:var(--lost)}
.lanes h3{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.hop{position:absolute;top:.3rem;margin:0;height:1.75rem;text-align:center;width:calc(100%*var(--s) - 1.6rem);border-bottom:2px solid var(--text);white-space:nowrap;font-size:.9rem}
.out .hop{right:calc(50% + .9rem)}.in .hop{left:calc(50% + .9rem)}
.hop::after{content:"";position:absolute;bottom:-.42rem;border:.35rem solid transparent}
.out .hop::after{right:-.35rem;border-left-color:var(--text);border-right:0}.in .hop::after{left:-.35rem;border-right-color:var(--text);border-left:0}
.gone .hop{border-bottom-style:dashed;color:var(--lost)}
.card{background:var(--card);border-radius:.4rem;padding:.5rem;min-width:0}
.layers{font-size:.85rem}.layers li{display:grid;grid-template-columns:1.4em 7.2em minmax(0,1fr);gap:.3em;align-items:center;margin:1px 0}
.layers li::after{content:"";height:.95em;min-width:2px;margin-left:calc(1%*var(--o));width:calc(1%*var(--w));background:var(--c);border-radius:.15em}
.layers .sealed b,.layers .sealed::after{outline:1px dashed var(--text);outline-offset:1px}
.line{font-size:.8rem;margin:.4rem 0}
.changes{font-size:.85rem;border-left:.2rem solid var(--rule);padding-left:.5rem;margin:.4rem 0}.changes em{color:var(--dim)}
details{margin-top:.4rem;font-size:.85rem}summary{cursor:pointer}:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:.2rem}
.hex li{padding-left:.5em;border-left:.3em solid var(--c);overflow-wrap:anywhere}.hex b{color:var(--c);font-weight:600}.hex h4{margin:.5rem 0 .1rem;color:var(--c);font-size:.85rem}
footer{color:var(--dim);font-size:.9rem;padding:1rem 0;overflow-wrap:anywhere}
.one .lanes>li{padding-top:.4rem;display:grid;grid-template-columns:9rem 1fr}.one .lanes>li::before{left:1rem;top:1.2rem}.one .when{padding:.8rem 0 0 2.6rem}
@media print,(min-width:56.01rem){.one .card{display:grid;grid-template-columns:24rem 1fr;gap:0 1.5rem}.one .card>*{grid-column:2}.one .card>.layers{grid-column:1;grid-row:1/span 9}.one .when{grid-column:1}}
@media screen and (max-width:56rem){.places{display:none}.lanes{grid-template-columns:1fr}.lanes>li{grid-column:1!important;grid-row:auto;padding:.4rem 0 .4rem 2rem;display:block!important}
.lanes>li::before,.lanes>li.gone::before,.one .lanes>li::before{left:.2rem;top:.65rem}.lanes h3{position:static;width:auto;height:auto;clip-path:none}
.hop{position:static;border:0!important;height:auto;width:auto;text-align:left}.hop::before{content:"\2193\20"/""}.hop::after{display:none}.one .when{padding:0}}
@page{size:landscape;margin:10mm}
@media print{html{font-size:9pt}body{max-width:none;padding:0}.top{position:static}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
h2,h3,h4{break-after:avoid}article{break-inside:auto;padding:.4rem 0 .6rem}footer{padding:.4rem 0}.lanes,.hex li{break-inside:avoid}.lanes:has([open]){break-inside:auto}details:not([open]),.places{display:none}
.many .lanes h3{position:static;width:auto;height:auto;clip-path:none;text-align:center}.card{background:none;border:1px solid var(--rule)}}
)";

const std::string_view lanes_style = R"(
.ground{fill:var(--ground)}text{fill:var(--text);paint-order:stroke;stroke:var(--ground);stroke-width:3px}.dim{fill:var(--dim)}.lane{stroke:var(--rule);stroke-dasharray:2 6;opacity:.6}.bar{fill:var(--c)}.on{fill:var(--ground);stroke:none}
.place{font-weight:700;font-size:15px}.title{font-weight:700;font-size:13px}.mono{font-family:ui-monospace,"DejaVu Sans Mono",monospace}
.arrow{stroke:var(--text);stroke-width:1.5;fill:none}.head{fill:var(--text)}.sealed{fill:none;stroke:var(--text);stroke-dasharray:3 2}
.complete{fill:var(--complete)}.lost{fill:var(--lost)}.ambiguous{fill:var(--ambiguous)}
)";

}  // namespace culvert::inspect
