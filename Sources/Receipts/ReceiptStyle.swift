/// The style of a receipt: inline, without any outside resource. Red and amber always go with a sign (✗, △), hatching
/// with a question mark, so that nothing depends on colour; text keeps a contrast of 4.5 to 1 or more.
let receiptStyle = """
  :root{color-scheme:light}
  *{box-sizing:border-box}
  html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
  body{margin:0;background:#f2f3f5;color:#1c2026;line-height:1.6;overflow-wrap:anywhere;
  font:16px/1.6 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",\
  "WenQuanYi Micro Hei",system-ui,sans-serif}
  main{max-width:64rem;margin:0 auto;padding:1.5rem;background:#fff;min-height:100vh}
  h1{font-size:1.5rem;line-height:1.3;margin:0 0 .25rem}
  h2{font-size:1.15rem;margin:2rem 0 .5rem;padding-bottom:.2rem;border-bottom:2px solid #d5d9df}
  h3{font-size:1rem;margin:1.25rem 0 .4rem}
  p{margin:.4rem 0}
  a{color:#0b4fa8}
  .who{margin:0 0 1rem;color:#454c56}
  .verdict{display:flex;gap:1rem;align-items:flex-start;padding:1rem 1.1rem;border:2px solid;\
  border-radius:.4rem;margin:.8rem 0 1.2rem}
  .verdict .sign{font-size:1.9rem;line-height:1.15;font-weight:700;flex:none}
  .verdict p{margin:0}
  .verdict p+p{margin-top:.35rem}
  .verdict .what{font-weight:700;font-size:1.12rem}
  .good{background:#eaf6ec;border-color:#2b7a3d}.good .sign{color:#1f6a30}
  .check{background:#fff6e0;border-color:#a36a00}.check .sign{color:#7a4f00}
  .bad{background:#fdecea;border-color:#b3261e}.bad .sign{color:#a01b14}
  dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.5rem 0}
  dt{color:#545c67}
  dd{margin:0;min-width:0}
  code{font-family:"DejaVu Sans Mono","Noto Sans Mono CJK SC",Consolas,monospace;font-size:.85em}
  .todo{padding-left:1.8rem;margin:.5rem 0}
  .todo li{margin:.35rem 0}
  .tag{display:inline-block;border:1px solid;border-radius:.25rem;padding:0 .35rem;font-size:.8rem;\
  font-weight:700;margin-right:.35rem;white-space:nowrap}
  .tag.error{color:#a01b14;background:#fdecea}
  .tag.warning{color:#6d4700;background:#fff6e0}
  .tag.info{color:#24507f;background:#eaf1fa}
  .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;padding:0;margin:.5rem 0;\
  font-size:.85rem}
  .legend span{display:inline-block;min-width:2.6em;padding:0 .35em;border:1px solid #8a929c;\
  text-align:center;margin-right:.35em}
  .box{overflow-x:auto;margin:.5rem 0;padding:3px}
  .box{background:linear-gradient(90deg,#fff 1.5rem,#fff0) local,\
  linear-gradient(270deg,#fff 1.5rem,#fff0) 100% 0 local,\
  linear-gradient(90deg,#0004,#0000) 0 0/.7rem 100%,\
  linear-gradient(270deg,#0004,#0000) 100% 0/.7rem 100%;background-repeat:no-repeat}
  .box:focus-visible{outline:2px solid #0b4fa8}
  table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}
  caption{text-align:left;font-weight:700;font-size:1rem;padding:.9rem 0 .4rem}
  th,td{border:1px solid #8a929c;padding:.25rem .4rem;text-align:center;vertical-align:middle}
  th{font-weight:500;background:#f4f6f9}
  th.block[scope]{background:#dde6f2;font-weight:700;text-align:center}
  th[scope^=col]{word-break:keep-all;overflow-wrap:normal}
  th[scope^=row]{text-align:left;background:#fbfcfd;min-width:4.5em}
  th.tall[scope]{writing-mode:vertical-rl;text-align:center;min-width:0;padding:.4rem .15rem;\
  letter-spacing:.15em}
  td.remark{font-size:.92em;text-align:left;color:#454c56;background:#f4f6f9}
  .t2 th:first-child:not(.block){width:34%}
  .t3{min-width:46rem}.t3 td.f,.t3 th[scope=col]{width:7.2%}
  .t4{min-width:46rem;table-layout:fixed}.t4 th{padding:.25rem .1rem}
  td.f{font-variant-numeric:tabular-nums;unicode-bidi:isolate}
  .blank{color:#565e68;font-size:.8em}
  .read{display:block;font-size:.86em;color:#454c56;white-space:nowrap}
  .wrong{background:#fbd9d6;color:#8c120c;font-weight:700}
  .sum{background:#fef3f2}.sum bdi,.legend .sum{border-bottom:1px dashed #8c120c}
  .ask{background:#ffedc2;color:#5c3c00;font-weight:700}
  .unsure{background-image:repeating-linear-gradient(45deg,#0000 0 5px,#5b6b8c59 5px 7px)}
  .suspect{outline:3px solid #8c120c;outline-offset:-2px}
  .sign{margin-right:.1em}
  .fix{display:block;font-size:.86em;line-height:1.25;min-width:5em}
  .marks{font-size:.8em;white-space:nowrap;margin-left:.1em}
  .marks a{text-decoration:none;font-weight:700;color:inherit;padding:0 .05em}
  .none{padding:.6rem .8rem;border:1px dashed #8a929c;background:#f7f8fa}
  .notes{list-style:none;padding:0;margin:.4rem 0}
  .notes li{padding:.45rem 0 .45rem 2rem;position:relative;border-top:1px solid #e2e5ea}
  .notes li:target{background:#fff9d6}
  .notes .mark{position:absolute;left:.2rem;font-weight:700}
  .notes p{margin:0}
  .notes .more{font-size:.85rem;color:#454c56}
  q{quotes:"“" "”"}
  .grey{color:#545c67;font-size:.9rem}
  details summary{cursor:pointer;padding:.3rem 0}
  footer{margin-top:2rem;padding-top:.6rem;border-top:2px solid #d5d9df;font-size:.85rem}
  @media (max-width:40rem){main{padding:1rem .8rem}h1{font-size:1.25rem}
  dl{gap:.1rem .7rem}table{font-size:.75rem}th,td{padding:.2rem .15rem}
  .t3{min-width:0}.t4{min-width:28rem}.t3 th[scope^=row]{min-width:2.8em}
  .t3 th[scope=row]{min-width:5em}.fix{min-width:0}
  .t3 th[scope=rowgroup]:not(.tall){min-width:3.4em;overflow-wrap:break-word}
  .verdict{padding:.8rem;gap:.7rem}
  .verdict .sign{font-size:1.5rem}}
  @page{size:A4;margin:14mm 12mm}
  @media print{body{background:#fff;font-size:10pt}main{max-width:none;padding:0;min-height:0}
  *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
  dl{gap:.1rem 1rem}
  h1{font-size:15pt}h2{font-size:12pt;margin-top:1rem;break-after:avoid}
  h3,caption{break-after:avoid}
  .box{overflow:visible;padding:0;background:none}table{font-size:8pt}.t3,.t4{min-width:0}
  th,td{padding:.1rem .2rem}thead{display:table-header-group}
  tr,li,.verdict{break-inside:avoid}tbody.block{break-inside:avoid}
  a{color:inherit;text-decoration:none}
  details::details-content{content-visibility:visible;display:block}}
  """
