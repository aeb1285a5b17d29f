/// What the pages of the overview add to the style of receipts. Colour always goes with a sign and a word.
let overviewStyle =
  receiptStyle + """

    nav{margin:.2rem 0 1rem}
    nav a+a{margin-left:1.2rem}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:.6rem;\
    margin:1rem 0}
    .tiles div{border:2px solid #c3c9d1;border-radius:.4rem;padding:.5rem .7rem;background:#fff}
    .tiles dt{font-size:.9rem}
    .tiles dd{font-size:1.6rem;line-height:1.2;font-weight:700;font-variant-numeric:tabular-nums}
    .tiles .good{background:#eaf6ec;border-color:#2b7a3d}
    .tiles .check{background:#fff6e0;border-color:#a36a00}
    .tiles .bad{background:#fdecea;border-color:#b3261e}
    .tiles dt{color:#2c333c}
    td.good,td.check,td.bad{border-color:#8a929c}
    td.good{color:#17562a}td.check{color:#5c3c00}td.bad{color:#8c120c;font-weight:700}
    td.open{color:#2c333c;background:#fff}td.absent{color:#5f6772;background:#f7f8fa}
    td a{color:inherit;display:block;padding:.1rem 0}
    .board{min-width:0}.board td{white-space:nowrap}
    .board th[scope=row]{min-width:8em;position:sticky;left:0;z-index:1;\
    background-clip:padding-box}
    .many{min-width:calc(8em + var(--years)*6.2em)}
    td.text,th.text{text-align:left}
    td.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .follow{list-style:none;padding:0;margin:.3rem 0;columns:24rem;column-gap:1.5rem}
    .follow li{break-inside:avoid;padding:.2rem 0;border-bottom:1px solid #e2e5ea}
    .plot{display:block;width:100%;max-width:38rem;height:auto;margin:.5rem 0}
    figure{margin:.5rem 0}
    figcaption{font-size:.9rem;color:#454c56}
    .bars{width:100%}.bars td.bar{width:38%;min-width:8rem;padding:.2rem .4rem;text-align:left}
    .bars svg{display:block;width:100%;height:1.9rem}
    .key{display:inline-block;width:1.6em;height:.55em;margin-right:.4em;vertical-align:middle}
    .key.now{background:#0b4fa8}.key.before{background:#9aa6b5}
    @media (max-width:40rem){.board th[scope=row]{min-width:6.5em}
    .tiles{grid-template-columns:repeat(2,1fr)}.bars td.bar{min-width:5rem}}
    @media print{.tiles{grid-template-columns:repeat(6,1fr)}.tiles dd{font-size:13pt}
    nav{display:none}.board th[scope=row]{position:static}.many{min-width:0}.board td{white-space:normal}
    .follow{columns:2}.plot{max-width:12cm}}
    """

/// The notice for the wall: large, black on white, on A4.
let noticeStyle =
  receiptStyle + """

    main{max-width:52rem}
    .notice h1{text-align:center;font-size:1.7rem;margin:1rem 0}
    .notice table{font-size:1.05rem}
    .notice td,.notice th{padding:.35rem .5rem}
    .notice td.text{text-align:left}
    .notice .sum{background:none}
    .notice .sign-off{text-align:right;margin-top:2rem;line-height:2}
    .notice .late>*{font-weight:700}
    @media (max-width:40rem){.notice table{font-size:.8rem}.notice td,.notice th{padding:.3rem .2rem}
    .notice h1{font-size:1.25rem}}
    @media print{.notice table{font-size:11pt}.notice h1{font-size:20pt}
    .notice td,.notice th{padding:.12rem .3rem}}
    """
