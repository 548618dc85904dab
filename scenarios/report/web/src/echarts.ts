// The parts of ECharts that charts use, and dagre, which lays out the model, in a script of their
// own: the page carries it compressed, and runs it when the first chart is near (library.ts).

import dagre from "@dagrejs/dagre";
import { init, use } from "echarts/core";
import { CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, AxisPointerComponent, GridComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

use([LineChart, ScatterChart, CustomChart, AriaComponent, AxisPointerComponent, GridComponent, TooltipComponent, SVGRenderer]);

(globalThis as { weirCharts?: unknown }).weirCharts = { init, dagre };
